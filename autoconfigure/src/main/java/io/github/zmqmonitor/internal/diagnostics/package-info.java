/**
 * What there is to say about a socket that no event reports.
 */
@NullMarked
package io.github.zmqmonitor.internal.diagnostics;

import org.jspecify.annotations.NullMarked;
