import Badge from "@cloudscape-design/components/badge";
import "./tag-list.css";

/** Tags beside each other; nothing where there are none. */
export function TagList({ tags = [] }: { readonly tags?: readonly string[] | undefined }) {
  if (tags.length === 0) return null;
  return (
    <span className="tag-list">
      {tags.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
    </span>
  );
}
