package io.github.zmqmonitor.model;

import java.time.Instant;
import java.util.List;

/**
 * All open sockets. Each socket is copied at one moment; different sockets at slightly
 * different ones.
 *
 * @param at when the snapshot was taken
 * @param sockets the sockets, in order of creation
 */
public record ZmqMonitorSnapshot(Instant at, List<ZmqSocketSnapshot> sockets) {
}
