/**
 * Auto-configuration of the monitor.
 */
@NullMarked
package io.github.zmqmonitor.autoconfigure;

import org.jspecify.annotations.NullMarked;
