package io.github.zmqmonitor.actuate.endpoint;

import java.nio.charset.StandardCharsets;

import org.springframework.boot.actuate.endpoint.ApiVersion;
import org.springframework.boot.actuate.endpoint.Producible;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * What the endpoint can answer with over the web: JSON by default, or a table.
 */
enum ZmqFormat implements Producible<ZmqFormat> {

	/** A table for terminals. */
	TEXT(MimeTypeUtils.TEXT_PLAIN),

	/** Plain JSON. */
	JSON(MimeTypeUtils.APPLICATION_JSON),

	/** JSON of version 2 of the actuator. */
	V2(ApiVersion.V2.getProducedMimeType()),

	/** JSON of version 3 of the actuator. */
	V3(ApiVersion.V3.getProducedMimeType());

	/**
	 * What an operation has to name first. For whoever takes anything, Spring chooses
	 * between two operations by the first type of each, in the order of their names: this
	 * one comes before the page's.
	 */
	static final String FIRST = MimeTypeUtils.APPLICATION_JSON_VALUE;

	private final MimeType mimeType;

	ZmqFormat(MimeType mimeType) {
		this.mimeType = mimeType;
	}

	@Override
	public MimeType getProducedMimeType() {
		return this.mimeType;
	}

	/**
	 * The media type of an answer, which says in what charset text is.
	 */
	MimeType getContentType() {
		return (this == TEXT) ? new MimeType(this.mimeType, StandardCharsets.UTF_8) : this.mimeType;
	}

	@Override
	public boolean isDefault() {
		return this == V3;
	}

}
