/**
 * The clock, contained failures and the texts of addresses: what everything below may
 * use.
 */
@NullMarked
package io.github.zmqmonitor.internal.support;

import org.jspecify.annotations.NullMarked;
