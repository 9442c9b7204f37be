package io.github.zmqmonitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.jayway.jsonpath.JsonPath;
import io.github.zmqmonitor.actuate.endpoint.ZmqDescriptor;
import io.github.zmqmonitor.metrics.ZmqMeter;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqMessages;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import io.github.zmqmonitor.model.ZmqQueues;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documentation against the code. Tables between markers are generated: run this test
 * with {@code -Dzmqmonitor.update-docs=true} to write them.
 */
class DocumentationTests {

	private static final Path DOCS = Path.of(System.getProperty("zmqmonitor.root", ".."), "docs");

	@Test
	void metersAreThoseOfTheCatalogue() {
		Stream<String> rows = Arrays.stream(ZmqMeter.values())
			.map((meter) -> "| `%s` | %s | %s | `%s` | %s | %s |".formatted(meter.getName(),
					meter.getType().name().toLowerCase(Locale.ROOT),
					Arrays.stream(meter.getKeyNames())
						.map(KeyName::asString)
						.map((key) -> "`" + key + "`")
						.collect(Collectors.joining(", ")),
					prometheus(meter), meter.getDescription(), meter.getKind()));
		check("meters.md", Stream.concat(Stream.of("| meter | type | tags | Prometheus | what it says | kind |",
				"| --- | --- | --- | --- | --- | --- |"), rows));
	}

	@Test
	void propertiesAreThoseOfTheMetadata() throws IOException {
		String metadata = Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json"));
		List<Map<String, Object>> properties = JsonPath.read(metadata, "$.properties[*]");
		Stream<String> rows = properties.stream()
			.filter((property) -> !property.containsKey("deprecation"))
			.peek((property) -> assertThat(property).as(property.toString()).containsKey("description"))
			.map((property) -> "| `%s` | %s | %s |".formatted(property.get("name"), defaultValue(property),
					property.get("description")))
			.sorted();
		check("properties.md",
				Stream.concat(Stream.of("| property | default | meaning |", "| --- | --- | --- |"), rows));
	}

	@Test
	void everyFieldOfTheEndpointIsDocumented() throws IOException {
		String text = Files.readString(DOCS.resolve("endpoint.md"));
		fields(ZmqDescriptor.class).forEach((field) -> assertThat(text).contains("`" + field));
		for (Class<?> nested : ZmqDescriptor.class.getDeclaredClasses()) {
			fields(nested).forEach((field) -> assertThat(text).as(nested.getSimpleName())
				.containsPattern("`(summary)?\\.?" + field + "`"));
		}
	}

	@Test
	void everyNumberOfTheEndpointSaysWhatItIs() throws IOException {
		String text = Files.readString(DOCS.resolve("endpoint.md"));
		List<Class<?>> numbers = List.of(int.class, long.class, Integer.class, Long.class, Instant.class,
				Duration.class, ZmqMessages.class, ZmqQueues.class);
		for (Class<?> type : List.of(ZmqSocketSnapshot.class, ZmqEndpointSnapshot.class, ZmqPeerSnapshot.class)) {
			for (RecordComponent component : type.getRecordComponents()) {
				if (numbers.contains(component.getType())
						&& !component.getAccessor().isAnnotationPresent(JsonIgnore.class)) {
					assertThat(text).as(type.getSimpleName())
						.containsPattern("(?m)^\\| `" + component.getName()
								+ "` \\|.*\\| (exact|sampled|lower bound|as of the request)[^|]*\\|$");
				}
			}
		}
	}

	@Test
	void everyStateHintAndEventIsDocumented() throws IOException {
		String endpoint = Files.readString(DOCS.resolve("endpoint.md"));
		for (ZmqEndpointState state : ZmqEndpointState.values()) {
			assertThat(endpoint).contains("| `" + state.id() + "` |");
		}
		for (ZmqHint.Kind kind : ZmqHint.Kind.values()) {
			assertThat(endpoint).contains("| `" + kind.id() + "` |");
		}
		String events = Files.readString(DOCS.resolve("events.md"));
		for (ZmqEventType type : ZmqEventType.values()) {
			if (type != ZmqEventType.UNKNOWN) {
				assertThat(events).contains("| `" + type + "` |");
			}
		}
	}

	private static Stream<String> fields(Class<?> type) {
		return type.isRecord() ? Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName)
				: Stream.empty();
	}

	private static String prometheus(ZmqMeter meter) {
		String name = meter.getName().replace('.', '_');
		String unit = meter.getBaseUnit();
		if (unit != null && !name.endsWith("_" + unit)) {
			name += "_" + unit;
		}
		if (meter.getType() == Meter.Type.TIMER) {
			return name + "_seconds";
		}
		return (meter.getType() == Meter.Type.COUNTER) ? name + "_total" : name;
	}

	private static String defaultValue(Map<String, Object> property) {
		Object value = property.get("defaultValue");
		return (value != null && !value.toString().equals("[]")) ? "`" + value + "`" : "";
	}

	private static void check(String file, Stream<String> lines) {
		String table = lines.collect(Collectors.joining("\n"));
		Path path = DOCS.resolve(file);
		try {
			String text = Files.readString(path);
			assertThat(text).as(file).containsOnlyOnce("<!-- generated -->\n").containsOnlyOnce("\n<!-- end -->");
			String updated = text.replaceFirst("(?s)(<!-- generated -->\n).*(\n<!-- end -->)",
					"$1" + Matcher.quoteReplacement(table) + "$2");
			if (Boolean.getBoolean("zmqmonitor.update-docs")) {
				Files.writeString(path, updated);
			}
			else {
				assertThat(text).as(file + " is out of date, see CONTRIBUTING.md for how to write it")
					.isEqualTo(updated);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
