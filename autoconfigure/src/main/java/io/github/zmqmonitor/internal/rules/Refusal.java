package io.github.zmqmonitor.internal.rules;

import org.jspecify.annotations.Nullable;

/**
 * Why a call of the application failed.
 *
 * @param error the number of the error
 * @param detail what the library said, {@code null} if nothing
 */
public record Refusal(int error, @Nullable String detail) {

}
