package io.github.zmqmonitor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import org.junit.jupiter.api.Test;

import static io.github.zmqmonitor.ArchitectureTests.BASE;
import static io.github.zmqmonitor.ArchitectureTests.CLASSES;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Classes are loaded on a thread of Spring Boot's while the application's own one loads
 * them too. Two initializers that need each other would wait for each other for ever.
 */
class InitializersTests {

	@Test
	void noTwoInitializersNeedEachOther() {
		Map<String, Set<String>> needs = new HashMap<>();
		CLASSES.stream()
			.filter((type) -> type.getStaticInitializer().isPresent())
			.forEach((type) -> needs.put(type.getName(), needs(type)));
		assertThat(needs).containsKey(BASE + ".internal.jeromq.ClassPreloading");
		assertThat(needs.get(BASE + ".internal.jeromq.ClassPreloading")).contains(BASE + ".internal.rules.EventValues");
		Set<String> circles = new TreeSet<>();
		needs.forEach((type, needed) -> needed.stream()
			.filter((other) -> needs.getOrDefault(other, Set.of()).contains(type))
			.forEach((other) -> circles.add(type + " and " + other)));
		assertThat(circles).isEmpty();
	}

	/**
	 * The classes that are initialized when a class is, as far as calls tell that are not
	 * of an interface.
	 */
	private static Set<String> needs(JavaClass type) {
		Set<String> needed = new HashSet<>();
		Set<JavaCodeUnit> seen = new HashSet<>();
		Deque<JavaCodeUnit> open = new ArrayDeque<>();
		open.add(type.getStaticInitializer().orElseThrow());
		while (!open.isEmpty()) {
			JavaCodeUnit unit = open.remove();
			if (!seen.add(unit)) {
				continue;
			}
			for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
				JavaClass owner = access.getTargetOwner();
				if (!owner.getName().startsWith(BASE)) {
					continue;
				}
				JavaMember member = access.getTarget().resolveMember().orElse(null);
				if (access instanceof JavaConstructorCall
						|| member != null && member.getModifiers().contains(JavaModifier.STATIC)) {
					for (JavaClass it = owner; it != null; it = it.getRawSuperclass().orElse(null)) {
						if (needed.add(it.getName())) {
							it.getStaticInitializer().ifPresent(open::add);
						}
					}
				}
				if (member instanceof JavaCodeUnit called) {
					open.add(called);
				}
			}
		}
		needed.remove(type.getName());
		return needed;
	}

}
