"""Channels of other programs that are told what is due: kept, called and signed for."""
