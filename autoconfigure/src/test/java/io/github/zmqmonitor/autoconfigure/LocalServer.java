package io.github.zmqmonitor.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application at a port of this machine, as it is seen over HTTP.
 */
public final class LocalServer {

	private final HttpClient client = HttpClient.newHttpClient();

	private final String base;

	public LocalServer(ConfigurableApplicationContext context) {
		this(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	public LocalServer(int port) {
		this.base = "http://127.0.0.1:" + port;
	}

	/**
	 * Send a request.
	 * @param headers names and values, in turn
	 */
	public HttpResponse<String> send(String method, String path, String... headers)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path))
			.method(method, HttpRequest.BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
		return send("GET", path, headers);
	}

	public String body(String path) throws IOException, InterruptedException {
		return get(path).body();
	}

}
