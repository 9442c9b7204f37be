/**
 * Auto-configuration of the receiver for sockets of libzmq.
 */
@NullMarked
package io.github.zmqmonitor.autoconfigure.libzmq;

import org.jspecify.annotations.NullMarked;
