/**
 * What JeroMQ's own objects say of a socket at this moment: the one place that knows its
 * private fields. Read by whoever reads, never on the path of a message; no lock is taken
 * that a thread of JeroMQ or of the application waits for.
 */
@NullMarked
package io.github.zmqmonitor.internal.walk;

import org.jspecify.annotations.NullMarked;
