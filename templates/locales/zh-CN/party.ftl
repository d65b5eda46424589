# party
