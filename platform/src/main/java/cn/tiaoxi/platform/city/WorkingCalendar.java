package cn.tiaoxi.platform.city;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Working time of the city, from {@code calendar.yaml}: weekdays without public holidays, and the
 * weekend days that the State Council's yearly notice makes working days instead.
 */
@Component
public class WorkingCalendar {
    private final City city;
    private final Hours hours;
    private final Set<LocalDate> holidays;
    private final Set<LocalDate> workingWeekends;

    /** The shape of {@code calendar.yaml}. */
    record CalendarFile(Hours hours, List<LocalDate> holidays, List<LocalDate> workingWeekends) {}

    /** Working hours of a day, without a break at noon. */
    record Hours(LocalTime from, LocalTime until) {
        Duration length() {
            return Duration.between(from, until);
        }
    }

    WorkingCalendar(CityFolder folder, City city) {
        CalendarFile file = folder.read("calendar.yaml", CalendarFile.class);
        if (!file.hours().from().isBefore(file.hours().until())) {
            throw CityException.wrong(
                    folder.path("calendar.yaml"), "hours.from must be before hours.until");
        }
        this.city = city;
        this.hours = file.hours();
        this.holidays = Set.copyOf(file.holidays());
        this.workingWeekends = Set.copyOf(file.workingWeekends());
    }

    public boolean isWorkingDay(LocalDate day) {
        boolean weekend =
                day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        return weekend ? workingWeekends.contains(day) : !holidays.contains(day);
    }

    /** Whether offices are open at that moment. */
    public boolean isWorkingTime(Instant moment) {
        ZonedDateTime local = moment.atZone(city.zone());
        LocalTime time = local.toLocalTime();
        return !time.isBefore(hours.from())
                && time.isBefore(hours.until())
                && isWorkingDay(local.toLocalDate());
    }

    /**
     * The end of the given number of working days. The day of the start does not count (as in the
     * Civil Code, article 201); the period ends with the working hours of its last day.
     */
    public Instant deadline(Instant start, int workingDays) {
        LocalDate day = start.atZone(city.zone()).toLocalDate();
        int left = workingDays;
        while (left > 0) {
            day = day.plusDays(1);
            if (isWorkingDay(day)) {
                left--;
            }
        }
        return day.atTime(hours.until()).atZone(city.zone()).toInstant();
    }

    /** Working time between two moments; negative when the second is before the first. */
    public Duration workingTime(Instant from, Instant until) {
        if (until.isBefore(from)) {
            return workingTime(until, from).negated();
        }
        ZonedDateTime start = from.atZone(city.zone());
        ZonedDateTime end = until.atZone(city.zone());
        Duration sum = Duration.ZERO;
        for (LocalDate day = start.toLocalDate();
                !day.isAfter(end.toLocalDate());
                day = day.plusDays(1)) {
            if (isWorkingDay(day)) {
                sum = sum.plus(within(day, start, end));
            }
        }
        return sum;
    }

    private Duration within(LocalDate day, ZonedDateTime start, ZonedDateTime end) {
        ZonedDateTime opens = day.atTime(hours.from()).atZone(city.zone());
        ZonedDateTime closes = day.atTime(hours.until()).atZone(city.zone());
        ZonedDateTime from = start.isAfter(opens) ? start : opens;
        ZonedDateTime until = end.isBefore(closes) ? end : closes;
        return from.isBefore(until) ? Duration.between(from, until) : Duration.ZERO;
    }

    /** How long a working day is. */
    public Duration dayLength() {
        return hours.length();
    }
}
