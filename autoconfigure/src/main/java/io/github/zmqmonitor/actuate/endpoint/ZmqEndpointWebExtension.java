package io.github.zmqmonitor.actuate.endpoint;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import io.github.zmqmonitor.internal.page.LivePageHtml;
import io.github.zmqmonitor.internal.support.Words;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * The web side of {@link ZmqEndpoint}: JSON, a table, or a page for browsers; 404 for
 * unknown sockets, 400 for unknown filters.
 */
@EndpointWebExtension(endpoint = ZmqEndpoint.class)
@RegisterReflectionForBinding(ZmqEndpointWebExtension.Refusal.class)
public class ZmqEndpointWebExtension {

	private final ZmqEndpoint delegate;

	private final @Nullable String application;

	/**
	 * Create an extension for an application without a name.
	 * @param delegate the endpoint
	 */
	public ZmqEndpointWebExtension(ZmqEndpoint delegate) {
		this(delegate, null);
	}

	/**
	 * Create an extension.
	 * @param delegate the endpoint
	 * @param application the name of the application, which the page shows; {@code null}
	 * if it has none
	 */
	public ZmqEndpointWebExtension(ZmqEndpoint delegate, @Nullable String application) {
		this.delegate = delegate;
		this.application = application;
	}

	/**
	 * Show the sockets in a picture that is alive. Spring MVC and WebFlux choose this
	 * operation for whoever would rather have HTML than what {@code sockets} gives.
	 * @return a page that asks its own address for JSON
	 */
	@ReadOperation(produces = MimeTypeUtils.TEXT_HTML_VALUE)
	public WebEndpointResponse<String> page() {
		return new WebEndpointResponse<>(LivePageHtml.of(this.application),
				new MimeType(MimeTypeUtils.TEXT_HTML, StandardCharsets.UTF_8));
	}

	/**
	 * List the sockets.
	 * @param securityContext who asks
	 * @param format the format asked for
	 * @param state show only endpoints in one of these states
	 * @param type show only sockets of one of these types
	 * @param name show only sockets of one of these names
	 * @param role show only endpoints of one of these roles
	 * @param view what the table has lines for, if a table is asked for: {@code peers},
	 * or {@code endpoints} by default
	 * @return the sockets, or 400 if a filter has a value that does not exist
	 */
	@ReadOperation(produces = ZmqFormat.FIRST, producesFrom = ZmqFormat.class)
	public WebEndpointResponse<Object> sockets(SecurityContext securityContext, ZmqFormat format,
			@Nullable List<String> state, @Nullable List<String> type, @Nullable List<String> name,
			@Nullable List<String> role, @Nullable String view) {
		return respond(format, () -> {
			ZmqFilter filter = ZmqFilter.of(state, type, name, role);
			if (ZmqView.of(view) == ZmqView.PEERS && format == ZmqFormat.TEXT) {
				return PeerTable.of(this.delegate.peers(filter, securityContext), Instant.now());
			}
			return body(this.delegate.sockets(filter, securityContext), format);
		});
	}

	/**
	 * Show the sockets of a name, or the one of an id, with their recent events.
	 * @param securityContext who asks
	 * @param format the format asked for
	 * @param name the name or id; its segments if it contains slashes
	 * @return the sockets, or 404 and the names that exist if there is none
	 */
	@ReadOperation(producesFrom = ZmqFormat.class)
	public WebEndpointResponse<Object> socket(SecurityContext securityContext, ZmqFormat format,
			@Selector(match = Match.ALL_REMAINING) String... name) {
		return respond(format, () -> {
			ZmqDescriptor descriptor = this.delegate.socket(name, securityContext);
			return (descriptor != null) ? body(descriptor, format) : null;
		});
	}

	private static Object body(ZmqDescriptor descriptor, ZmqFormat format) {
		return (format == ZmqFormat.TEXT) ? TextView.of(descriptor) : descriptor;
	}

	private WebEndpointResponse<Object> respond(ZmqFormat format, Supplier<@Nullable Object> query) {
		try {
			Object body = query.get();
			if (body != null) {
				return new WebEndpointResponse<>(body, format.getContentType());
			}
			List<String> names = this.delegate.names();
			return refuse(format, WebEndpointResponse.STATUS_NOT_FOUND,
					"No such socket; " + (names.isEmpty() ? "there is none" : "there are " + String.join(", ", names)),
					names);
		}
		catch (UnknownFilterException ex) {
			return refuse(format, WebEndpointResponse.STATUS_BAD_REQUEST, ex.getReason(), ex.getKnown());
		}
	}

	private static WebEndpointResponse<Object> refuse(ZmqFormat format, int status, @Nullable String reason,
			List<String> known) {
		return new WebEndpointResponse<>((format == ZmqFormat.TEXT) ? Words.printable(String.valueOf(reason)) + "\n"
				: new Refusal(reason, known), status, format.getContentType());
	}

	/**
	 * Why a request was refused.
	 *
	 * @param message the reason
	 * @param known the values that exist
	 */
	record Refusal(@Nullable String message, List<String> known) implements OperationResponseBody {
	}

}
