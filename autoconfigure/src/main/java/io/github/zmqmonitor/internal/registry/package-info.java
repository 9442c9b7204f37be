/**
 * The sockets that are followed, whoever feeds them, and where they count.
 */
@NullMarked
package io.github.zmqmonitor.internal.registry;

import org.jspecify.annotations.NullMarked;
