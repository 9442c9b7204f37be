/**
 * What happened to a socket: its last events and its failures. Bounded.
 */
@NullMarked
package io.github.zmqmonitor.internal.history;

import org.jspecify.annotations.NullMarked;
