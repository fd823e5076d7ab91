"""The billing module: money, settlement, rights and the gateway, without a screen."""
