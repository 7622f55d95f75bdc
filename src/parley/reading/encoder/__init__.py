"""The parts of the reader `best`: windows of word pieces, the network, tags and links."""
