import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { useFormats } from "../../i18n/use-formats.ts";
import { Pager } from "../../ui/Pager.tsx";

export interface GroupTableProps<Item> {
  readonly title: string;
  readonly description?: string;
  readonly footer?: string | undefined;
  readonly items: readonly Item[];
  readonly pageSize: number;
  readonly nameOf: (item: Item) => string;
  /** Where there are none. */
  readonly empty?: string;
  readonly columns: readonly TableProps.ColumnDefinition<Item>[];
}

/** What a clustering has found, a page at a time. */
export function GroupTable<Item>(props: GroupTableProps<Item>) {
  const { title, description, footer, items, pageSize, nameOf, empty, columns } = props;
  const formats = useFormats();
  const [page, setPage] = useState(1);
  const pages = Math.ceil(items.length / pageSize);
  return (
    <Container
      header={
        <Header variant="h2" counter={`(${formats.integer(items.length)})`} description={description}>
          {title}
        </Header>
      }
      footer={footer}
    >
      <Table
        variant="embedded"
        contentDensity="compact"
        wrapLines
        ariaLabels={{ tableLabel: title }}
        items={items.slice((page - 1) * pageSize, page * pageSize)}
        trackBy={nameOf}
        empty={empty}
        pagination={pages > 1 && <Pager page={page} pages={pages} onChange={setPage} />}
        columnDefinitions={columns}
      />
    </Container>
  );
}
