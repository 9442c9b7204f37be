package io.github.zmqmonitor.internal.instrument;

import org.jspecify.annotations.Nullable;

/**
 * Whether the changed classes are in place, or why not.
 *
 * @param status what came of it
 * @param detail what was met, such as the member that differs or the class that was
 * loaded already, or who has changed the classes, to be shown in a log line; {@code null}
 * where the status says all
 */
public record InstrumentationOutcome(Status status, @Nullable String detail) {

	/**
	 * Return whether the changed classes are in place.
	 * @return {@code true} if JeroMQ's sockets are reported to observers
	 */
	public boolean installed() {
		return this.status == Status.INSTALLED;
	}

	static InstrumentationOutcome of(Status status) {
		return new InstrumentationOutcome(status, null);
	}

	/** The kinds of outcome. */
	public enum Status {

		/** The changed classes are in place. */
		INSTALLED,

		/** There is no JeroMQ on the class path. */
		NOT_PRESENT,

		/** JeroMQ's classes were loaded before they could be changed. */
		ALREADY_LOADED,

		/** JeroMQ's classes don't look as those of the supported version do. */
		UNSUPPORTED_VERSION,

		/** JeroMQ is a named module. */
		NAMED_MODULE,

		/** JeroMQ belongs to another class loader than this library. */
		OTHER_CLASS_LOADER,

		/**
		 * The application is, or becomes, a native image, where classes can't be changed.
		 */
		NATIVE_IMAGE,

		/** The classes could not be changed for any other reason. */
		FAILED

	}

}
