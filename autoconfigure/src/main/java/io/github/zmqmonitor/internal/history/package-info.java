/**
 * What happened to a socket: its last events, failures, outages and retries. Bounded.
 */
@NullMarked
package io.github.zmqmonitor.internal.history;

import org.jspecify.annotations.NullMarked;
