"""The Django site: portal (citizens, the public), desk (officers), stewards (data officers), bureau (the authority).

Pages call the node's stores and the capabilities' actions and nothing else; no table of the database is queried here.
"""
