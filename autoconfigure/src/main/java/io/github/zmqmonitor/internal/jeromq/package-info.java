/**
 * What touches JeroMQ: how its sockets are found and what is read of them.
 */
@NullMarked
package io.github.zmqmonitor.internal.jeromq;

import org.jspecify.annotations.NullMarked;
