"""The invented county of Rongxi (榕溪县): its people, firms and addresses, eight departments' tables of them, and the truth.

Nothing here is drawn from a real register: names, places and frequencies were written for this county, and every
number carries the unassigned area prefix 99.
"""
