/**
 * Auto-configuration of the health contributor.
 */
@NullMarked
package io.github.zmqmonitor.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
