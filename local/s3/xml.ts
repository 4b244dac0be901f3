import { XMLParser } from "fast-xml-parser";
import { S3Error } from "./s3-error.ts";

/** An element's content: text, elements by name, or repeated ones. `undefined` leaves the element out. */
export type XmlContent = string | number | boolean | undefined | XmlElements | readonly XmlContent[];
export interface XmlElements {
  readonly [name: string]: XmlContent;
}

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

export function xmlDocument(root: string, content: XmlElements | string): string {
  const inner = typeof content === "string" ? escapeText(content) : elements(content);
  return `${declaration}<${root} xmlns="${namespace}">${inner}</${root}>`;
}

export function xmlErrorDocument(content: XmlElements): string {
  return `${declaration}<Error>${elements(content)}</Error>`;
}

function elements(content: XmlElements): string {
  return Object.entries(content)
    .map(([name, value]) => element(name, value))
    .join("");
}

function element(name: string, content: XmlContent): string {
  if (content === undefined) return "";
  if (Array.isArray(content)) return content.map((item: XmlContent) => element(name, item)).join("");
  const inner = typeof content === "object" ? elements(content as XmlElements) : escapeText(String(content));
  return `<${name}>${inner}</${name}>`;
}

function escapeText(text: string): string {
  return text.replace(/[&<>"\p{Cc}]/gu, (character) => {
    switch (character) {
      case "&":
        return "&amp;";
      case "<":
        return "&lt;";
      case ">":
        return "&gt;";
      case '"':
        return "&quot;";
      default:
        return `&#x${character.charCodeAt(0).toString(16)};`;
    }
  });
}

/** What was read from XML: text, or elements by name, each a list. */
export type XmlNode = string | { readonly [name: string]: readonly XmlNode[] };

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  removeNSPrefix: true,
  isArray: () => true,
  maxNestedTags: 8,
});

/** Reads a document with the given root. Throws `S3Error` MalformedXML. Document types and entities of one's own are refused. */
export function readXml(text: string, root: string): XmlNode {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw malformedXml();
  let document: Readonly<Record<string, readonly XmlNode[] | undefined>>;
  try {
    document = parser.parse(text, true);
  } catch (cause) {
    throw malformedXml(cause);
  }
  const node = document[root]?.[0];
  if (node === undefined) throw malformedXml();
  return node;
}

export function childrenOf(node: XmlNode, name: string): readonly XmlNode[] {
  return typeof node === "string" || !Object.hasOwn(node, name) ? [] : (node[name] ?? []);
}

/** The text of the element's first child of that name. */
export function textOf(node: XmlNode, name: string): string | undefined {
  const child = childrenOf(node, name)[0];
  return typeof child === "string" ? unescapeText(child) : undefined;
}

function unescapeText(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/g, (whole, hex, decimal, name) => {
    if (name !== undefined) return named[name as keyof typeof named];
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const named = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

export function malformedXml(cause?: unknown): S3Error {
  return new S3Error("MalformedXML", "The XML you provided was not well-formed or did not validate.", { cause });
}
