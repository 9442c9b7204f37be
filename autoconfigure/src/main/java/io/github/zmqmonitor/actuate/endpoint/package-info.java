/**
 * The actuator endpoint {@code zmq}.
 */
@NullMarked
package io.github.zmqmonitor.actuate.endpoint;

import org.jspecify.annotations.NullMarked;
