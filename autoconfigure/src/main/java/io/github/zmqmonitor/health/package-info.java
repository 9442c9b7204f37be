/**
 * Health of monitored sockets.
 */
@NullMarked
package io.github.zmqmonitor.health;

import org.jspecify.annotations.NullMarked;
