"""Every question of analyses/ answered by SQL on the published file and by pandas over its CSVs.

The pandas answers of a chapter, analyses/<n>_<chapter>/, are in the module <chapter>; the one of
<nnn>_<name>.sql is its function <name>.
"""
