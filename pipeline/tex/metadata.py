"""What a PDF says of its book in XMP (ISO 16684-1), besides TeX's own Info."""

from xml.sax.saxutils import escape

from pipeline.project.book import Book

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
  <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:prism="http://prismstandard.org/namespaces/basic/3.0/">
{}
    </rdf:Description>
  </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""
# A key of book.yaml: its element, in a list of rdf's where XMP wants one.
ELEMENTS = {
    "title": "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>{}</rdf:li></rdf:Alt></dc:title>",
    "author": "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>",
    "subtitle": "<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>{}</rdf:li></rdf:Alt></dc:description>",
    "copyright": "<dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>{}</rdf:li></rdf:Alt></dc:rights>",
    "date": "<dc:date><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:date>",
    "isbn": "<prism:isbn>{}</prism:isbn>",
}


def said(book: Book) -> dict[str, str]:
    """{key: text} of what book.yaml says; a copyright that begins with its year gets its sign."""
    config = {key: str(value) for key, value in book.config.items()}
    sign = "© " if config.get("copyright", "")[:1].isdigit() else ""
    return config | ({"copyright": sign + config["copyright"]} if sign else {})


def xmp(book: Book) -> str:
    """The packet of XMP of a book, of what book.yaml says."""
    given = {key: book.plain(text) for key, text in said(book).items() if key in ELEMENTS}
    return PACKET.format("\n".join("      " + ELEMENTS[key].format(escape(text)) for key, text in given.items()))
