import { apexSuite } from './run-suite.ts';

// Documented: Apex Developer Guide, "Primitive Data Types"; SOQL Reference, "Date Functions".
apexSuite(
  'values on their way to the database and back',
  {
    'classes/SavedTest.cls': `@IsTest
private class SavedTest {
  @IsTest static void textsAreTrimmedAndNeverEmpty() {
    Account a = new Account(Name = '  Acme \\n', Site = ' ', Phone = '');
    insert a;
    a = [SELECT Name, Site, Phone FROM Account WHERE Name = 'Acme'];
    Assert.areEqual('Acme', a.Name);
    Assert.isNull(a.Site);
    Assert.isNull(a.Phone);
    a.Site = '\\u00A0kept\\u00A0';
    update a;
    Assert.areEqual(6, [SELECT Site FROM Account WHERE Id = :a.Id].Site.length());
  }

  @IsTest static void allFieldsNeedALimit() {
    Assert.areEqual(0, Database.query('SELECT FIELDS(ALL) FROM Account LIMIT 200').size());
    for (String rest : new List<String>{ '', ' LIMIT 201' }) {
      try {
        Database.query('SELECT FIELDS(ALL) FROM Account' + rest);
        Assert.fail(rest);
      } catch (QueryException e) {
        Assert.isTrue(e.getMessage().contains('The SOQL FIELDS function must have a LIMIT of at most 200'), e.getMessage());
      }
    }
  }

  @IsTest static void datetimesAreGroupedByDateFunctions() {
    insert new List<Account>{ new Account(Name = 'a'), new Account(Name = 'b') };
    AggregateResult[] years = [SELECT CALENDAR_YEAR(CreatedDate) y, COUNT(Id) n FROM Account GROUP BY CALENDAR_YEAR(CreatedDate)];
    Assert.areEqual(1, years.size());
    Assert.areEqual(2, years[0].get('n'));
  }
}`,
  },
  3,
);
