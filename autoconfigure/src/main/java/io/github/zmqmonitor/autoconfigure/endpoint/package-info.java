/**
 * Auto-configuration of the actuator endpoint.
 */
@NullMarked
package io.github.zmqmonitor.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
