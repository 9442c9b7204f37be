package io.github.zmqmonitor.internal.rules;

import org.jspecify.annotations.Nullable;

/**
 * Why a call of the application failed.
 *
 * @param error the symbol of the error
 * @param number its number, 0 if it has none
 * @param detail what the library said, {@code null} if nothing
 */
public record Refusal(String error, int number, @Nullable String detail) {

}
