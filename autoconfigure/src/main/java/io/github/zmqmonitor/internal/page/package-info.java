/**
 * The live page. Its sources are in {@code src/main/page}; the build puts them together.
 */
@NullMarked
package io.github.zmqmonitor.internal.page;

import org.jspecify.annotations.NullMarked;
