rule web:
    """the stylesheet for web pages: macros for MathJax and KaTeX, colours of both themes"""
    input:
        step=book.sources("pipeline/web.py"),
        style=book.style[0],
    output:
        f"{book.build}/web/macros.json",
        f"{book.build}/web/book.css",
    log:
        book.log("web", "web"),
    params:
        book=book.root,
    message:
        "stylesheet of {params.book} for the web"
    shell:
        "python -m pipeline.web --book {params.book:q} > {log:q} 2>&1"
