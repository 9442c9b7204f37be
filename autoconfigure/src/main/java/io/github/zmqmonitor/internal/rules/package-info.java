/**
 * What differs between the libraries whose sockets are followed. No state, no threads.
 */
@NullMarked
package io.github.zmqmonitor.internal.rules;

import org.jspecify.annotations.NullMarked;
