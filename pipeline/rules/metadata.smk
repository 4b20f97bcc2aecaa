# By its metadata Snakemake knows what an output was made from; without them it takes what is there as current. This file
# lies beside them. Where somebody deletes `.snakemake`, or brings `build` alone from elsewhere, it is made anew, and so
# is all that comes after it: each rule that may have no other input has this one.
rule metadata:
    """a file that is lost where Snakemake's metadata are"""
    output:
        book.metadata,
    log:
        book.log("metadata", "metadata"),
    localrule: True
    shell:
        "echo beside the metadata > {output:q} 2> {log:q}"
