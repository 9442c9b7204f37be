package io.github.zmqmonitor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

class ArchitectureTests {

	static final String BASE = "io.github.zmqmonitor";

	private static final int MAXIMUM_LINES = 350;

	static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(BASE);

	/**
	 * The drawing in CONTRIBUTING.md is the rule: these packages, these arrows, and each
	 * points to a package that stands above it there.
	 */
	@Test
	void theDrawingShowsTheArrowsAndAllPointOneWay() throws IOException {
		Map<String, Set<String>> drawn = drawing();
		Map<String, Set<String>> found = new TreeMap<>();
		for (JavaClass type : CLASSES) {
			found.computeIfAbsent(room(type), (key) -> new TreeSet<>());
			for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
				JavaClass target = dependency.getTargetClass().getBaseComponentType();
				if (target.getPackageName().startsWith(BASE + ".") && !room(target).equals(room(type))) {
					found.get(room(type)).add(room(target));
				}
			}
		}
		assertThat(found).isEqualTo(new TreeMap<>(drawn));
		List<String> order = List.copyOf(drawn.keySet());
		drawn.forEach((from, targets) -> assertThat(targets).as(from)
			.allSatisfy((target) -> assertThat(order.indexOf(target)).isNotNegative().isLessThan(order.indexOf(from))));
	}

	private static Map<String, Set<String>> drawing() throws IOException {
		Map<String, Set<String>> drawn = new LinkedHashMap<>();
		String text = Files.readString(Path.of(System.getProperty("zmqmonitor.root"), "CONTRIBUTING.md"));
		String block = text.substring(text.indexOf("```rooms") + "```rooms".length());
		for (String line : block.substring(0, block.indexOf("```")).strip().split("\n")) {
			String[] sides = line.split("->");
			Set<String> targets = new TreeSet<>();
			for (String target : ((sides.length > 1) ? sides[1] : "").split(",")) {
				if (!target.isBlank()) {
					targets.add(target.strip());
				}
			}
			drawn.put(sides[0].strip(), targets);
		}
		return drawn;
	}

	private static String room(JavaClass type) {
		String name = type.getPackageName().substring(BASE.length() + 1);
		return name.startsWith("autoconfigure") ? "autoconfigure" : name;
	}

	@Test
	void theStateIsPure() {
		noClasses().that()
			.resideInAnyPackage(BASE + ".model", BASE + ".internal.support", BASE + ".internal.history",
					BASE + ".internal.state", BASE + ".internal.traffic", BASE + ".internal.totals",
					BASE + ".internal.dispatch", BASE + ".internal.diagnostics", BASE + ".internal.registry")
			.should()
			.dependOnClassesThat(DescribedPredicate.describe("belong to JeroMQ, Spring or Micrometer",
					(type) -> type.getPackageName()
						.matches("(zmq|org[.]zeromq|org[.]springframework|io[.]micrometer).*")
							// constants only
							&& !type.getName().equals("zmq.ZMQ")))
			.check(CLASSES);
	}

	@Test
	void onlyTheWalkTheInstrumentationAndTheSocketsKnowJeromqsOwnObjects() {
		noClasses().that()
			.resideOutsideOfPackages(BASE + ".internal.walk", BASE + ".internal.instrument", BASE + ".internal.jeromq",
					BASE + ".internal.beans")
			.should()
			.dependOnClassesThat(DescribedPredicate.describe("are JeroMQ's own objects",
					(type) -> type.getPackageName().matches("zmq[.](io|pipe|socket)([.].*)?")
							// what a message says of its peer
							&& !type.getName().equals("zmq.io.Metadata")))
			.check(CLASSES);
	}

	@Test
	void theMonitorKnowsNeitherBootNorMicrometer() {
		noClasses().that()
			.resideInAnyPackage(BASE + ".monitor", BASE + ".internal..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.boot..", "io.micrometer..", "org.springframework.context..")
			.check(CLASSES);
	}

	@Test
	void viewsKnowOnlyWhatTheyShowItTo() {
		noClasses().that()
			.resideInAPackage(BASE + ".metrics")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..")
			.check(CLASSES);
		noClasses().that()
			.resideInAnyPackage(BASE + ".health", BASE + ".actuate..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.micrometer..", "org.springframework.boot.autoconfigure..")
			.check(CLASSES);
	}

	@Test
	void roomsAndFilesAreSmall() throws IOException {
		Path sources = Path.of(System.getProperty("zmqmonitor.root"), "autoconfigure", "src", "main", "java");
		Map<Path, Integer> rooms = new HashMap<>();
		List<Integer> lengths = new ArrayList<>();
		try (Stream<Path> files = Files.walk(sources)) {
			for (Path file : files.filter((it) -> it.toString().endsWith(".java")).toList()) {
				int lines = Files.readAllLines(file).size();
				assertThat(lines).as(file.toString()).isLessThanOrEqualTo(MAXIMUM_LINES);
				rooms.merge(file.getParent(), 1, Integer::sum);
				lengths.add(lines);
			}
		}
		assertThat(rooms).allSatisfy((room, files) -> assertThat(files).as(room.toString()).isLessThanOrEqualTo(20));
		Collections.sort(lengths);
		assertThat(lengths.get(lengths.size() / 2)).as("median").isLessThanOrEqualTo(70);
		assertThat(lengths.get(lengths.size() * 9 / 10)).as("90 of 100").isLessThan(200);
	}

	@Test
	void usersSeeFewTypes() {
		assertThat(CLASSES.stream()
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC) && !type.isNestedClass())
			.filter((type) -> !type.getPackageName().startsWith(BASE + ".internal"))).hasSizeLessThanOrEqualTo(40);
	}

	@Test
	void packagesHaveNoCycles() {
		slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
			.allSatisfy((it) -> assertThat(it.isAnnotatedWith(NullMarked.class)).as(it.getName()).isTrue());
	}

	@Test
	void publicClassesAreThoseThatUsersNeed() {
		classes().that()
			.arePublic()
			.and()
			.areTopLevelClasses()
			.and()
			.resideOutsideOfPackage(BASE + ".internal..")
			.and()
			.resideOutsideOfPackage(BASE + ".internal..")
			.should()
			.haveSimpleNameStartingWith("Zmq")
			.check(CLASSES);
	}

	@Test
	void autoConfigurationsAreFinalAndTheirBeansHidden() {
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.andShould()
			.haveSimpleNameEndingWith("AutoConfiguration")
			.check(CLASSES);
		methods().that().areAnnotatedWith(Bean.class).should().bePackagePrivate().check(CLASSES);
		methods().that()
			.areAnnotatedWith(Bean.class)
			.and()
			.haveRawReturnType(DescribedPredicate.describe("a bean post-processor",
					(type) -> type.isAssignableTo(BeanPostProcessor.class)))
			.should()
			.beStatic()
			.check(CLASSES);
	}

	@Test
	void importsAreSortedAndComplete() throws Exception {
		List<String> imports;
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(
				getClass().getResourceAsStream(
						"/META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports"),
				StandardCharsets.UTF_8))) {
			imports = reader.lines().toList();
		}
		assertThat(imports).isSorted()
			.containsExactlyInAnyOrderElementsOf(CLASSES.stream()
				.filter((it) -> it.isAnnotatedWith(AutoConfiguration.class))
				.map(JavaClass::getName)
				.toList());
	}

}
