"""The API's own names: requests that are checked before anything is sent, answers that may vary.

Fields and limits are those of the published contract, one route a module. Requests refuse what
they do not know; answers let it be.
"""
