import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import type { QuotasView } from "@systemhealer/contract/quotas";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { Facts } from "../../ui/Facts.tsx";

/** How much of each quota is used now. */
export function QuotaUse({ view: { quotas, used } }: { readonly view: QuotasView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Container header={<Header variant="h2">{t("admin.quotas.used")}</Header>}>
      <ColumnLayout columns={3} minColumnWidth={220}>
        <ProgressBar
          label={t("admin.quotas.storageBytes")}
          value={shareOf(used.storageBytes, quotas.storageBytes)}
          description={t("admin.quotas.datasets", { number: formats.integer(used.datasets) })}
          additionalInfo={t(used.storageIsAtLeast ? "admin.quotas.atLeastOf" : "admin.quotas.usedOf", {
            used: formats.bytes(used.storageBytes),
            most: formats.bytes(quotas.storageBytes),
          })}
        />
        <ProgressBar
          label={t("admin.quotas.runsAtOnce")}
          value={shareOf(used.runsAtOnce, quotas.runsAtOnce)}
          additionalInfo={t("admin.quotas.usedOf", {
            used: formats.integer(used.runsAtOnce),
            most: formats.integer(quotas.runsAtOnce),
          })}
        />
        <Facts
          columns={1}
          items={[
            {
              label: t("admin.quotas.rowsPerFile"),
              value: (
                <div>
                  {formats.integer(quotas.rowsPerFile)}
                  <Box variant="small" display="block" color="text-body-secondary">
                    {t("admin.quotas.noLimit")}
                  </Box>
                </div>
              ),
            },
          ]}
        />
      </ColumnLayout>
    </Container>
  );
}

/** In per cent; what was used before a quota was lowered may be more than all. */
function shareOf(used: number, most: number): number {
  return Math.min(100, (100 * used) / most);
}
