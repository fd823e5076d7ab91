"""Writing XML: a cursor on an element of one namespace, that leaves out what is empty."""

from lxml import etree

_DECLARATION = b"<?xml version='1.0' encoding='UTF-8'?>\n"


class Node:
    """An element, and the namespaces by prefix in which its children are named as `prefix:Name`."""

    def __init__(self, element: etree._Element, namespaces: dict[str, str]) -> None:
        self._element = element
        self._namespaces = namespaces

    @classmethod
    def root(cls, name: str, namespace: str, namespaces: dict[str, str]) -> "Node":
        """A new document. Its own namespace is the one without a prefix, but when it has one among the others."""
        own: dict[str | None, str] = {} if namespace in namespaces.values() else {None: namespace}
        return cls(etree.Element(f"{{{namespace}}}{name}", nsmap=own | namespaces), namespaces)

    def add(self, name: str) -> "Node":
        """A child that will hold others. It must get some: an empty element is an error in every profile."""
        return Node(etree.SubElement(self._element, self._tag(name)), self._namespaces)

    def put(self, name: str, text: str, **attributes: str) -> None:
        """A child with a text, or nothing when the text is empty. Attributes without a value are left out too."""
        if text:
            given = {key: value for key, value in attributes.items() if value}
            etree.SubElement(self._element, self._tag(name), given).text = text

    def written(self) -> bytes:
        """The document as UTF-8, the same bytes for the same content."""
        content: bytes = etree.tostring(self._element, encoding="utf-8", xml_declaration=False)
        return _DECLARATION + content

    def _tag(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return f"{{{self._namespaces[prefix]}}}{local}"
