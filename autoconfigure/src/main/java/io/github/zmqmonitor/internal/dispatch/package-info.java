/**
 * The way of events to listeners and hooks, off the I/O threads.
 */
@NullMarked
package io.github.zmqmonitor.internal.dispatch;

import org.jspecify.annotations.NullMarked;
