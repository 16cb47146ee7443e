"""The SSDA903 return: children looked after by local authorities in England.

``read.read`` makes tables of files, ``validate.validate`` checks them against the rules of a
collection year, ``write.write_csv`` and ``write.write_xml`` make files of tables.
"""
