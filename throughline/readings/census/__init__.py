"""The Children in Need census, to and from the record: the one bridge to throughline.returns.cin."""
