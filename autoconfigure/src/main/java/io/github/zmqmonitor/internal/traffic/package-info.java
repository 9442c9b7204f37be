/**
 * Messages and queues of sockets as numbers.
 */
@NullMarked
package io.github.zmqmonitor.internal.traffic;

import org.jspecify.annotations.NullMarked;
