/**
 * Sockets of libzmq in other processes, whose events forwarders send.
 */
@NullMarked
package io.github.zmqmonitor.internal.libzmq;

import org.jspecify.annotations.NullMarked;
