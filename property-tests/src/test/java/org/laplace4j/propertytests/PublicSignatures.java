package org.laplace4j.propertytests;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.PackageMatchers;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Modifier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a user of a class can see of it: the types in its signatures, and whether it may be
 * extended.
 */
final class PublicSignatures {
  private PublicSignatures() {}

  static ArchCondition<JavaClass> notName(String... packages) {
    PackageMatchers foreign = PackageMatchers.of(packages);
    return new ArchCondition<>("not name a type of " + String.join(", ", packages)) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getMembers().stream()
            .filter(PublicSignatures::isVisible)
            .filter(member -> types(member).anyMatch(t -> foreign.test(t.getPackageName())))
            .forEach(member ->
                events.add(SimpleConditionEvent.violated(member, member.getDescription())));
      }
    };
  }

  static ArchCondition<JavaClass> beOpen() {
    return satisfy("be open", type -> !type.isSealed());
  }

  static ArchCondition<JavaClass> beSealedOrFinal() {
    return satisfy(
        "be sealed or final", type -> type.isSealed() || Modifier.isFinal(type.getModifiers()));
  }

  private static ArchCondition<JavaClass> satisfy(String what, Predicate<Class<?>> condition) {
    return new ArchCondition<>(what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean holds = condition.test(type.reflect());
        String message = type.getName() + (holds ? " is said to " : " should ") + what;
        events.add(new SimpleConditionEvent(type, holds, message));
      }
    };
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaClass> types(JavaMember member) {
    Stream<JavaType> named = member instanceof JavaCodeUnit unit
        ? Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
        : Stream.of(((JavaField) member).getType());
    return named.flatMap(t -> t.getAllInvolvedRawTypes().stream());
  }
}
