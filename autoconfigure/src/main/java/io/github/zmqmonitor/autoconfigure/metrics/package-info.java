/**
 * Auto-configuration of the meters.
 */
@NullMarked
package io.github.zmqmonitor.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
