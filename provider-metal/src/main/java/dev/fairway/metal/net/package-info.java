/// Linux sockets and interfaces through the Foreign Function API: AF_PACKET and rtnetlink.
@NullMarked
package dev.fairway.metal.net;

import org.jspecify.annotations.NullMarked;
