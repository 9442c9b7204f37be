/**
 * What counts together, and the numbers that meters read. Never used on an I/O thread.
 */
@NullMarked
package io.github.zmqmonitor.internal.totals;

import org.jspecify.annotations.NullMarked;
