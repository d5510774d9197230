"""The desk: pages over the record. It decides nothing and writes nothing by itself."""
