/**
 * What becomes of socket events: log lines and application events.
 */
@NullMarked
package io.github.zmqmonitor.events;

import org.jspecify.annotations.NullMarked;
