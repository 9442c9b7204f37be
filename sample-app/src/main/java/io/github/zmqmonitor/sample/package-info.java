/**
 * An application with ZeroMQ sockets in every state, and a page that shows them live.
 */
@NullMarked
package io.github.zmqmonitor.sample;

import org.jspecify.annotations.NullMarked;
