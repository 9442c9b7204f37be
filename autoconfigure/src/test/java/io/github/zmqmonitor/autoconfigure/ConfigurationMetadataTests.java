package io.github.zmqmonitor.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import com.jayway.jsonpath.JsonPath;
import io.github.zmqmonitor.autoconfigure.endpoint.ZmqEndpointProperties;
import io.github.zmqmonitor.autoconfigure.libzmq.ZmqNativeProperties;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

/**
 * What an editor shows of the properties.
 */
class ConfigurationMetadataTests {

	private static final List<String> WITHOUT_DEFAULT = List.of("management.endpoint.zmq.roles", "zmq.monitor.exclude",
			"zmq.monitor.health.disconnected-after", "zmq.monitor.native.endpoint", "zmq.monitor.native.password");

	private final Map<String, Map<String, Object>> properties = read("$.properties[?(!@.deprecation)]");

	private final Map<String, Map<String, Object>> deprecated = read("$.properties[?(@.deprecation)]");

	private final Map<String, Map<String, Object>> hints = read("$.hints[*]");

	@Test
	void everyPropertyHasATypeAndADescriptionInOneSentenceOrMore() {
		assertThat(this.properties).isNotEmpty().allSatisfy((name, property) -> {
			assertThat(property.get("type")).asString().isNotEmpty();
			assertThat(property.get("description")).asString().matches("[A-Z].*\\.");
		});
	}

	@Test
	void everyPropertyHasADefaultExceptThoseThatAreUnset() {
		assertThat(this.properties.values())
			.filteredOn((it) -> Objects.equals(it.get("defaultValue"), List.of()) || it.get("defaultValue") == null)
			.extracting((it) -> it.get("name"))
			.containsExactlyInAnyOrderElementsOf(WITHOUT_DEFAULT);
	}

	@Test
	void defaultsAreThoseThatApply() {
		ZmqMonitorProperties monitor = bindDefaults("zmq.monitor", ZmqMonitorProperties.class);
		assertThat(monitor).isEqualTo(bind("zmq.monitor", ZmqMonitorProperties.class, Map.of()));
		assertThat(monitor.toSettings()).isEqualTo(ZmqMonitorSettings.DEFAULTS);
		ZmqNativeProperties nativeSockets = bindDefaults("zmq.monitor.native", ZmqNativeProperties.class);
		assertThat(nativeSockets).isEqualTo(bind("zmq.monitor.native", ZmqNativeProperties.class, Map.of()));
		ZmqEndpointProperties endpoint = bindDefaults("management.endpoint.zmq", ZmqEndpointProperties.class);
		assertThat(endpoint).isEqualTo(bind("management.endpoint.zmq", ZmqEndpointProperties.class, Map.of()));
	}

	@Test
	void theProcessorFindsWhatIsWrittenByHand() {
		assertThat(this.properties).containsKeys("management.health.zmq.enabled", "management.info.zmq.enabled",
				"management.endpoint.zmq.page.enabled", "management.endpoint.zmq.access",
				"management.endpoint.zmq.cache.time-to-live");
	}

	@Test
	void oldNamesAreErrorsThatNameTheirReplacement() {
		assertThat(this.deprecated).containsOnlyKeys("zmq.monitor.log-events", "zmq.monitor.pipes.enabled",
				"zmq.monitor.publish-events");
		assertThat(this.deprecated.values()).extracting((it) -> it.get("deprecation"))
			.allSatisfy((it) -> assertThat(it).asInstanceOf(MAP).containsEntry("level", "error"))
			.extracting((it) -> ((Map<?, ?>) it).get("replacement"))
			.allSatisfy((it) -> assertThat(this.properties).containsKey((String) it));
	}

	@Test
	void everyHintedInstrumentationExists() {
		List<String> values = JsonPath.read(this.hints.get("zmq.monitor.instrumentation"), "$.values[*].value");
		assertThat(values)
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(ZmqMonitorProperties.Instrumentation.values())
				.map((it) -> it.name().toLowerCase())
				.toList());
	}

	@Test
	void hintsBelongToProperties() {
		assertThat(this.properties.keySet()).containsAll(this.hints.keySet());
	}

	@Test
	void everyWayToShowPeersIsHinted() {
		List<String> values = JsonPath.read(this.hints.get("management.endpoint.zmq.show-peers"), "$.values[*].value");
		assertThat(values).containsExactlyInAnyOrderElementsOf(
				Arrays.stream(Show.values()).map((it) -> it.name().toLowerCase().replace('_', '-')).toList());
	}

	@Test
	void valuesThatAreHintedCanBeBound() {
		this.hints.forEach((name, hint) -> {
			List<String> values = JsonPath.read(hint, "$..values[*].value");
			values.forEach((value) -> {
				Class<?> type = name.startsWith("zmq.") ? ZmqMonitorProperties.class : ZmqEndpointProperties.class;
				bind(name.startsWith("zmq.") ? "zmq.monitor" : "management.endpoint.zmq", type, Map.of(name, value));
			});
		});
	}

	private <T> T bindDefaults(String prefix, Class<T> type) {
		return bind(prefix, type,
				this.properties.values()
					.stream()
					.filter((it) -> it.get("defaultValue") != null && !List.of().equals(it.get("defaultValue")))
					.collect(Collectors.toMap((it) -> (String) it.get("name"), (it) -> it.get("defaultValue"))));
	}

	private static <T> T bind(String prefix, Class<T> type, Map<String, Object> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
	}

	private static Map<String, Map<String, Object>> read(String path) {
		try {
			String metadata = Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json"));
			List<Map<String, Object>> items = JsonPath.read(metadata, path);
			return items.stream().collect(Collectors.toMap((it) -> (String) it.get("name"), (it) -> it));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
