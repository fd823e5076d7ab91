"""The four lights: of each euro, what the bank, the gateway, the bookkeeping and this dashboard say, and how what is
red is set right; and the record of each message that the gateway sent."""
