from pipeline.records.digest import sum_of
from pipeline.records.reads import changed


rule web:
    """the stylesheet for web pages: macros for MathJax and KaTeX, colours of both themes"""
    input:
        metadata=book.metadata,
    output:
        book.macros,
        book.css,
    log:
        book.log("web", "web"),
    localrule: True
    params:
        code=sum_of(book, book.sources("pipeline/web.py")),
        read=lambda w: changed(book, book.macros),
    message:
        "stylesheet of {book.root} for the web"
    shell:
        "step web > {log:q} 2>&1"
